"""Children: concern report (orosanmälan) to protection assessment, preliminary assessment, investigation."""
