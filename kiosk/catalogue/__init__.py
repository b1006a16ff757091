"""The catalogue (事项目录): items with all guide elements, packages, search and the checks an author runs."""
