/** Codes by which vendors say that prompt and answer together are longer than the model's context. */
const codes = new Set([
  'context_length_exceeded',
  'context_window_exceeded',
  'context_window_exceeded_error',
  'exceed_context_size_error',
  'max_context_length_exceeded',
  'model_max_prompt_tokens_exceeded',
  'model_context_window_exceeded',
  'max_tokens_exceeded',
  'token_limit_exceeded',
  'tokens_limit_reached',
  'string_above_max_length',
  'string_too_long',
]);

/**
 * How vendors word it that send no such code. To add one: put the part that does not change into a line, in
 * small letters; all parts of a line must stand in what was said, in any order.
 */
const wordings: readonly (readonly string[])[] = [
  ['context length'],
  ['context limit'],
  ['context size', 'exceed'],
  ['available context size'],
  ['context window'],
  ['prompt is too long'],
  ['prompt too long'],
  ['prompt exceeds max'],
  ['maximum prompt length'],
  ['max prompt length'],
  ['input is too long'],
  ['input too long'],
  ['input length', 'exceed'],
  ['range of input length'],
  ['token count', 'exceeds the maximum'],
  ['input tokens', 'exceed'],
  ['too many input tokens'],
  ['model token limit'],
  ['exceeds token limit'],
  ['max_new_tokens', 'must be <='],
  ['reduce the length of the messages'],
  ['reduce the length of the prompt'],
  ['reduce your prompt'],
  ['too large for model with'],
];

/** Whether an error with these codes and words says that the request does not fit into the model's context. */
export function isContextOverflow(vendorTypes: readonly string[], words: string): boolean {
  const said = words.toLowerCase();
  return (
    vendorTypes.some(type => codes.has(type)) ||
    wordings.some(parts => parts.every(part => said.includes(part)))
  );
}
