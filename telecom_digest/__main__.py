"""`python -m telecom_digest` is `digest`."""

from telecom_digest.cli import run

if __name__ == "__main__":
    run()
