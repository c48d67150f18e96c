"""The evidence: where the notice states each element of GDPR Arts 13 and 14, and the assessments that stand behind it (Art. 5(2))."""
