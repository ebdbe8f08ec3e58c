"""What is planned: the problem, the plan, the rules, the office's tables. Knows neither ortools nor the web."""
