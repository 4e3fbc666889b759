import { AnswerFiles } from '../app/apply/answerFiles';
import { applyWithoutAsking } from '../app/apply/applyWithoutAsking';
import { ChangeProposals } from '../app/apply/changeProposals';
import type { AskSession } from '../app/ask/askSession';
import type { ActivationParts, Own } from './activationParts';
import type { Foundation } from './composeFoundation';

/** Builds what turns answers into changes of documents, and into new files. */
export function composeApply(
  { dialogs, report, settings }: ActivationParts,
  { editors, newId }: Foundation,
  session: AskSession,
  own: Own,
) {
  const proposals = own(new ChangeProposals(session, editors, dialogs, newId));
  own(applyWithoutAsking(session, proposals, settings, report));
  return { proposals, files: new AnswerFiles(session, editors) };
}
