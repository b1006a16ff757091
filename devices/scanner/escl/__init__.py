"""eSCL (AirScan): network scanners that speak HTTP and XML, without any vendor's program on the terminal."""
