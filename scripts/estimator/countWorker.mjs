// Counts the tokens of texts with one real tokenizer, in a thread of its own.
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

/** @type {{ path: string, texts: readonly string[] }} */
const { path, texts } = workerData;
const tokenizer = createRequire(import.meta.url)(path).fromPreTrained();
parentPort?.postMessage(texts.map(text => tokenizer.encode(text, { add_special_tokens: false }).length));
