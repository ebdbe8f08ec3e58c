"""The next quarter: the office's tables for the next horizon, made from this one's plan and reports, line by line."""
