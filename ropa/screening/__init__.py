"""What is computed from the declarations, never ticked: impact assessment, data protection officer, the exemption from the record."""
