"""Formats: a paper as bytes. Each is made of the paper and of nothing else."""

from collections.abc import Mapping
from typing import Final

from planledger.reports.formats import csv, html, json, markdown, ods, pdf
from planledger.reports.formats.format import Format

FORMATS: Final[Mapping[str, Format]] = {
    form.name: form
    for form in (
        Format(name="html", media_type="text/html", write=html.html),
        Format(name="md", media_type="text/markdown", write=markdown.markdown),
        Format(name="pdf", media_type="application/pdf", write=pdf.pdf, is_text=False),
        Format(name="ods", media_type=ods.MEDIA_TYPE, write=ods.ods, is_text=False),
        Format(name="csv", media_type="text/csv", write=csv.csv),
        Format(name="json", media_type="application/json", write=json.json),
    )
}
"""Every format, by the ending of its files."""
