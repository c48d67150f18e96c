"""The documents: model and flows to a view (plain data), one template a format to text. Reads neither YAML nor the clock."""
