"""Export records: one module per format, and one way out (`leave`)."""
