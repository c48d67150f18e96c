"""What a finding is, apart from how it is found and how it is shown."""
