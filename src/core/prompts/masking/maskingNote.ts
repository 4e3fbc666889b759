/** Told to the model below each message in which something was masked; “Sent” tells it to the user. */
export const maskingNote =
  'Each text like MASKED_SECRET_1_… above stands for a secret value that was taken out. Where you use one, repeat its text exactly.';
