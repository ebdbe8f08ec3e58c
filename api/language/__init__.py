"""What is said in words, in Thai and in English: texts, dates, numbers, names, reasons and findings as sentences."""
