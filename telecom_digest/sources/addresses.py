"""Names of hosts to addresses, and which of them may be read from."""

from __future__ import annotations

import ipaddress
import socket
import threading

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def lookup(host: str, port: int, timeout: float) -> list[str]:
    """Return the addresses of `host`, in the order to be tried.

    Raises:
        OSError: it has none; TimeoutError: the name servers take longer than `timeout`, in s.
    """
    found: list[str] = []
    errors: list[OSError] = []

    def ask() -> None:
        try:
            found.extend(str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as error:
            errors.append(error)
        except UnicodeError:  # a label too long for IDNA
            errors.append(OSError("no host can have that name"))

    thread = threading.Thread(target=ask, daemon=True)  # getaddrinfo has no time limit of its own
    thread.start()
    thread.join(timeout)
    if errors:
        raise errors[0]
    if thread.is_alive():
        raise TimeoutError
    return list(dict.fromkeys(found))


def is_public(address: str) -> bool:
    """Tell whether `address` is on the public internet: not private, loopback, link-local, multicast or reserved.

    An IPv6 address that stands for one of IPv4 (mapped, 6to4, Teredo, NAT64) is what that is.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.is_site_local:
            return False
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_loopback or found.is_link_local)
