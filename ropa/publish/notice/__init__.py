"""The public privacy notice of GDPR Arts 13 and 14, in every language and format from one view."""

from ropa.publish.notice.document import languages, outputs

__all__ = ["languages", "outputs"]
