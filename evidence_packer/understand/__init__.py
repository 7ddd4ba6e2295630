"""What pages say: ids, dates, places, messages and statuses, interpreted for one case."""
