"""The archive: the record, its file and page, the index, its history, the follow-up, figures."""
