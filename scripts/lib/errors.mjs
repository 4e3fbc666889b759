/** A failure that the reader can mend. The message is one sentence that says what to do. */
export class ExpectedError extends Error {}

/**
 * Runs a script's body. An expected failure prints its sentence; anything else prints its stack.
 * Both end with exit code 1.
 * @param {() => Promise<void>} body
 */
export async function runMain(body) {
  try {
    await body();
  } catch (error) {
    if (error instanceof ExpectedError) console.error(`\n${error.message}`);
    else console.error(error);
    process.exitCode = 1;
  }
}
