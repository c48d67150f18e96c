"""The cookie declaration: what is stored or read on the visitor's device, by whom and for how long (ekomloven § 3-15)."""

from ropa.publish.cookies.document import outputs

__all__ = ["outputs"]
