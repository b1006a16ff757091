"""TLS besides: who issued the certificate and for whom decides, not what this terminal's clock makes of its dates."""

import ipaddress
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kiosk.failure import Failure, KioskError
from sync.link import Link, LinkOptions, Question
from tests.sync.strangers import Stranger, ours

YEAR = timedelta(days=365)
NOW = datetime.now(UTC)


@dataclass(frozen=True)
class Authority:
    """An authority of certificates in a folder of its own."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    name: x509.Name

    @classmethod
    def found(cls, folder: Path) -> "Authority":
        folder.mkdir()
        key = ec.generate_private_key(ec.SECP256R1())
        made = cls(folder, key, x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, folder.name)]))
        usage = x509.KeyUsage(
            digital_signature=True,
            key_cert_sign=True,
            crl_sign=True,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            encipher_only=False,
            decipher_only=False,
        )
        builder = made._builder(made.name, key, NOW - 20 * YEAR, NOW + 20 * YEAR)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        certificate = builder.add_extension(usage, critical=True).sign(key, hashes.SHA256())
        made.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        return made

    @property
    def file(self) -> Path:
        return self.folder / "ca.pem"

    def server(self, since: datetime, until: datetime, address: str = "127.0.0.1") -> ssl.SSLContext:
        """A server's side of TLS, with a certificate valid between these instants."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "platform")])
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = self._builder(subject, key, since, until).add_extension(names, critical=False)
        builder = builder.add_extension(issuer, critical=False)
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        certificate = builder.sign(self.key, hashes.SHA256())
        pem = self.folder / "server.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        pem.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        return context

    def _builder(
        self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, since: datetime, until: datetime
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(since)
            .not_valid_after(until)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )


def asked(context: ssl.SSLContext, trusted: Authority) -> bytes:
    """What a terminal that trusts this authority gets from a server with that certificate."""
    server = Stranger(ours("200 OK", b"answer"), context)
    link = Link(server.url, LinkOptions(connect=2, answer=2, ca_file=str(trusted.file)))
    try:
        return link.ask(Question("/v1/root"))
    finally:
        link.close()
        server.close()


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority.found(tmp_path / "authority")


@pytest.mark.parametrize(
    ("since", "until"),
    [(NOW - YEAR, NOW + YEAR), (NOW + 5 * YEAR, NOW + 6 * YEAR), (NOW - 6 * YEAR, NOW - 5 * YEAR)],
    ids=["the clock is right", "the clock is years behind", "the clock is years ahead"],
)
def test_no_clock_locks_a_terminal_out(authority: Authority, since: datetime, until: datetime) -> None:
    assert asked(authority.server(since, until), authority) == b"answer"


def test_a_certificate_of_another_authority_or_for_another_name_is_not_the_platforms(
    authority: Authority, tmp_path: Path
) -> None:
    other = Authority.found(tmp_path / "other")
    for context in (other.server(NOW - YEAR, NOW + YEAR), authority.server(NOW - YEAR, NOW + YEAR, "192.0.2.1")):
        with pytest.raises(KioskError) as refused:
            asked(context, authority)
        assert (refused.value.failure, refused.value.info["reason"]) == (Failure.LINK_NOT_PLATFORM, "certificate")
