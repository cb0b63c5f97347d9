"""Text for spreadsheets."""

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(text):
    """Text that a spreadsheet never runs as a formula. [OWASP, CSV injection]"""
    text = str(text)
    return f"'{text}" if text.lstrip(" ").startswith(RISKY) else text
