@rem For npm scripts on Windows: elsewhere `exec` lets a signal to npm reach the task and not only a shell.
@%*
