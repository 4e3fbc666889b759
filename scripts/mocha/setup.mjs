// Loaded before the tests.
import { endOnSignals } from '../lib/signals.mjs';

// Stacks that name the sources.
process.setSourceMapsEnabled(true);

// A signal runs the `exit` listeners, by which VS Code and the browser end.
endOnSignals();
