"""How the weights of telecom_digest/data/trim.yaml were made."""
