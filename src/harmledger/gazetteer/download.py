"""Fetching a GeoNames file, only when a person types the command that does it."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from harmledger.errors import GazetteerError
from harmledger.gazetteer.records import Progress, no_progress

GEONAMES = "https://download.geonames.org/export/dump"
LARGEST_DOWNLOAD = 2_000_000_000


def fetch(country: str, into: Path, base: str = "", progress: Progress = no_progress) -> Path:
    """Fetch a country's dump (``SY``) or ``admin1CodesASCII``, ``admin2Codes`` and return the file it lies in.

    ``base``, or else ``HARMLEDGER_GEONAMES``, is another address that holds the same files.
    """
    base = (base or os.environ.get("HARMLEDGER_GEONAMES") or GEONAMES).rstrip("/")
    if not country.replace("_", "").isalnum():
        raise GazetteerError(f'"{country}" is no country code. GeoNames uses two letters, such as SY.')
    name = f"{country}.txt" if country.startswith("admin") else f"{country.upper()}.zip"
    address = f"{base}/{name}"
    if not address.startswith(("https://", "http://")):
        raise GazetteerError(f"{address}: only http and https addresses are fetched.")
    into.mkdir(parents=True, exist_ok=True)
    part = into / f"{name}.part"
    try:
        with urlopen(address, timeout=60) as answer, part.open("wb") as file:
            size = int(answer.headers.get("Content-Length") or 0)
            done = 0
            while block := answer.read(1 << 16):
                done += len(block)
                if done > LARGEST_DOWNLOAD:
                    raise GazetteerError(f"{address}: is larger than any GeoNames dump. Stopped.")
                file.write(block)
                progress(done, size)
            if size and done != size:
                raise GazetteerError(f"{address}: broke off after {done:,} of {size:,} bytes. Try again.")
    except (URLError, OSError) as error:
        part.unlink(missing_ok=True)
        raise GazetteerError(
            f"{address}: could not be fetched ({error}). Check the code and the connection."
        ) from error
    except GazetteerError:
        part.unlink(missing_ok=True)
        raise
    return part.replace(into / name)
