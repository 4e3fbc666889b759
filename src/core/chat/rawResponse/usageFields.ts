/** What the fields of `usage` mean. */
export const usageFields: Readonly<Record<string, string>> = {
  '': 'What was used, counted with the model’s own tokenizer, and what it cost.',
  '.prompt_tokens': 'Input tokens, those from a cache included.',
  '.completion_tokens': 'Output tokens, reasoning included.',
  '.total_tokens': 'Input and output tokens together.',
  '.cost': 'What OpenRouter charged to your credits for this request, in USD.',
  '.is_byok':
    'True when your own provider key was used: the provider then bills you, and OpenRouter takes a fee.',
  '.prompt_tokens_details': 'Parts of the input tokens.',
  '.prompt_tokens_details.cached_tokens': 'Input tokens that the provider had in its cache; mostly cheaper.',
  '.prompt_tokens_details.cache_write_tokens':
    'Input tokens that were written to the provider’s cache; some providers charge more for them.',
  '.prompt_tokens_details.audio_tokens': 'Input tokens that were sound.',
  '.prompt_tokens_details.video_tokens': 'Input tokens that were video.',
  '.prompt_tokens_details.image_tokens': 'Input tokens that were pictures.',
  '.completion_tokens_details': 'Parts of the output tokens.',
  '.completion_tokens_details.reasoning_tokens':
    'Output tokens that were thought and not said; billed as output.',
  '.completion_tokens_details.image_tokens': 'Output tokens that were pictures.',
  '.completion_tokens_details.audio_tokens': 'Output tokens that were sound.',
  '.completion_tokens_details.accepted_prediction_tokens':
    'Tokens of a prediction sent along that came true.',
  '.completion_tokens_details.rejected_prediction_tokens':
    'Tokens of a prediction sent along that did not come true; they are billed, too.',
  '.cost_details': 'What the provider itself charged, in USD.',
  '.cost_details.upstream_inference_cost':
    'What the provider charged in all; it is yours to pay only with your own provider key.',
  '.cost_details.upstream_inference_prompt_cost': 'What the provider charged for the input.',
  '.cost_details.upstream_inference_completions_cost': 'What the provider charged for the output.',
  '.cost_details.server_tool_cost': 'What tools cost that OpenRouter ran.',
  '.server_tool_use_details': 'Tools that OpenRouter ran.',
  '.server_tool_use_details.tool_calls_requested': 'How often the model asked for a tool.',
  '.server_tool_use_details.tool_calls_executed': 'How often a tool was run.',
  '.server_tool_use_details.web_search_requests': 'How often the web was searched.',
};
