"""Files of every kind, made small for tests."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from typing import Any

import docx
import pyarrow
import pyarrow.parquet

HEADLINE = "Le pont de Corvelle fermé jusqu’au printemps"
SENTENCE = "Le pont de Corvelle a été fermé lundi matin après la découverte d’une fissure."
SECOND = "Les travaux dureront jusqu’au printemps, selon la mairie, qui n’en donne pas encore le coût."
PAGE = f"<html lang=fr><head><title>{HEADLINE}</title></head><body><h1>{HEADLINE}</h1><p>{SENTENCE}</p></body></html>"
RECORD = {"title": HEADLINE, "text": SENTENCE, "date": "2023-09-04"}


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a zip file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w:gz") -> bytes:
    """Return a tar file."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:  # type: ignore[call-overload]  # typed by literals
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def pdf(lines: list[str]) -> bytes:
    """Return a PDF of one page with these lines, written by hand."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 40 760 Td {shown} ET".encode("cp1252")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


def warc(*answers: tuple[str, str, bytes]) -> bytes:
    """Return a packed WARC of answers: status, type, content."""
    records = []
    for status, kind, content in answers:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + content
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2023-09-05T10:00:00Z\r\n"
            "WARC-Target-URI: https://courrier.example/pont\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + answer + b"\r\n\r\n"))
    return b"".join(records)


def parquet(rows: list[dict[str, Any]]) -> bytes:
    """Return a Parquet file."""
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), out)
    return out.getvalue()


def document(paragraphs: list[str]) -> bytes:
    """Return a DOCX file of these paragraphs."""
    made, out = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    made.save(out)
    return out.getvalue()


def mhtml(page: str) -> bytes:
    """Return a page as a browser bundles it."""
    head = (
        "From: <Saved>\nSnapshot-Content-Location: https://courrier.example/pont\nDate: Tue, 5 Sep 2023 10:00:00 +0200\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="B"\n\n--B\n'
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    )
    return f"{head}{page}\n--B--\n".encode()
