import { errorFields } from './errorFields';
import { metadataFields } from './metadataFields';
import { usageFields } from './usageFields';

const prefixed = (path: string, fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(fields).map(([name, meaning]) => [path + name, meaning]));

const message: Readonly<Record<string, string>> = {
  '': 'What the model answered.',
  '.role': 'Who speaks; an answer is always of the assistant.',
  '.content': 'The text of the answer; null when there is only a tool call.',
  '.reasoning':
    'What the model thought before it answered, as far as its provider shows it; billed as output.',
  '.reasoning_content': 'The same as reasoning, by the name that some servers give it.',
  '.reasoning_details': 'The reasoning in its parts, as providers need it back to go on with it.',
  '.reasoning_details[].type': 'Whether the part is text, a summary, or encrypted.',
  '.reasoning_details[].format': 'Whose format the part has.',
  '.reasoning_details[].index': 'The part’s place in the order.',
  '.reasoning_details[].id': 'The provider’s id of the part.',
  '.reasoning_details[].text': 'The thought itself.',
  '.reasoning_details[].summary': 'A summary of the thought, made by the provider.',
  '.reasoning_details[].data': 'The thought, encrypted by the provider.',
  '.reasoning_details[].signature': 'The provider’s proof that the thought is its own.',
  '.reasoning_details[].provider': 'Which provider thought.',
  '.refusal': 'The model’s words when it refuses to answer.',
  '.tool_calls': 'Tools that the model asked to run; Ask OpenRouter runs none.',
  '.tool_calls[].id': 'The provider’s id of the call.',
  '.tool_calls[].index': 'The call’s place in the order.',
  '.tool_calls[].type': 'What kind of tool it is.',
  '.tool_calls[].function': 'Which function was to be called, with which arguments.',
  '.tool_calls[].function.name': 'The name of the function.',
  '.tool_calls[].function.arguments': 'Its arguments, as JSON text.',
  '.images': 'Pictures that the model made; their data is cut here.',
  '.images[].type': 'How the picture comes.',
  '.images[].index': 'The picture’s place in the order.',
  '.images[].image_url': 'Where the picture is.',
  '.images[].image_url.url': 'The picture itself as a data address, or the address of it.',
  '.annotations': 'Sources and files that the answer refers to.',
  '.annotations[].type': 'What the note is about: a web page or a file.',
  '.annotations[].url_citation': 'A web page that the answer cites.',
  '.annotations[].url_citation.url': 'The address of the page.',
  '.annotations[].url_citation.title': 'The title of the page.',
  '.annotations[].url_citation.content': 'What of the page was used.',
  '.annotations[].url_citation.start_index': 'Where in the answer the citation begins, in characters.',
  '.annotations[].url_citation.end_index': 'Where in the answer the citation ends, in characters.',
  '.annotations[].file': 'A file that was read for the answer.',
  '.annotations[].file.hash': 'The file’s fingerprint: sent back, it is not read again.',
  '.annotations[].file.name': 'The name of the file.',
  '.annotations[].file.content': 'What was read of the file.',
  '.audio': 'The answer as sound.',
};

const choice: Readonly<Record<string, string>> = {
  '': 'The answers; one is asked for.',
  '[].index': 'The answer’s number; 0, because one is asked for.',
  '[].finish_reason':
    'Why the model stopped, in OpenRouter’s words: stop, length, tool_calls, content_filter or error.',
  '[].native_finish_reason': 'Why the model stopped, in the provider’s own word.',
  '[].logprobs': 'How likely each token was; null unless it was asked for.',
  '[].error': 'What went wrong while this answer was made.',
};

/** What each field of a response means, by its path; `[]` stands for an item of a list. One sentence each. */
const meanings: Readonly<Record<string, string>> = {
  id: 'OpenRouter’s id of this answer; GET /generation?id=… tells its final cost.',
  object: 'What kind of object this is.',
  created: 'When the answer was begun, in seconds since 1970.',
  model: 'The model that really answered; another one than asked for when a router or a fallback chose it.',
  provider: 'The company whose servers ran the model.',
  service_tier: 'The tier it was served at, such as default, flex or priority; it changes the price.',
  system_fingerprint: 'The provider’s mark of its configuration; answers of another one may differ.',
  citations: 'Web pages that the answer cites, as some providers list them.',
  success: 'False: OpenRouter itself found the request invalid.',
  user_id: 'The id of your OpenRouter account; hidden here, because responses are pasted into reports.',
  message: 'What went wrong, in the server’s words.',
  code: 'The HTTP status of the error, or the server’s own word for it.',
  ...prefixed('choices', choice),
  ...prefixed('choices[].message', message),
  ...prefixed('choices[].error', errorFields),
  ...prefixed('usage', usageFields),
  ...prefixed('openrouter_metadata', metadataFields),
  ...prefixed('error', errorFields),
};

/** Objects whose fields are somebody else's: their names say what they say. */
const foreign = new Set([
  'choices[].logprobs',
  'choices[].message.audio',
  'choices[].message.annotations[].file.content',
  'choices[].error.metadata.headers',
  'choices[].error.metadata.raw',
  'error.metadata.headers',
  'error.metadata.raw',
  'openrouter_metadata.params',
  'openrouter_metadata.pipeline[].data',
]);

/**
 * One sentence that says what the field at `path` means; `unknown` when we do not know it, undefined when nothing needs
 * to be said: it is a part of a field that is unknown, or somebody else's.
 */
export function explainField(path: string): string | 'unknown' | undefined {
  const meaning = meanings[path];
  if (meaning !== undefined) return meaning;
  return parentsOf(path).every(parent => isExplained(parent) && !foreign.has(parent)) ? 'unknown' : undefined;
}

const isExplained = (path: string): boolean => Object.hasOwn(meanings, path);

/** `choices[].error` gives `choices`; lists themselves have no name. */
function parentsOf(path: string): readonly string[] {
  const parts = path.split('.');
  return parts.slice(1).map((_, index) =>
    parts
      .slice(0, index + 1)
      .join('.')
      .replace(/(?:\[\])+$/, ''),
  );
}
