"""The record of processing activities, GDPR Art. 30: one set of cells, written as HTML, XLSX, CSV and JSON."""
