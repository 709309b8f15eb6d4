"""Past workshops: records, their files and pages, the index, the history, the follow-up, figures."""
