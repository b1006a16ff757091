"""The courier at the platform: takes in what sticks bring by the same intake as the line, and gives them what waits."""
