"""The register's front page: what needs a person, the activities, and where the documents are."""
