"""Files, pages and tables become Reports; what cannot be read becomes a ReportError, and the others go on."""

from harmledger.read.files import Original, read_originals, read_report, read_reports
from harmledger.read.options import FORMATS, LONGEST_TEXT, ReadOptions, columns_of, format_named

__all__ = [
    "FORMATS",
    "LONGEST_TEXT",
    "Original",
    "ReadOptions",
    "columns_of",
    "format_named",
    "read_originals",
    "read_report",
    "read_reports",
]
