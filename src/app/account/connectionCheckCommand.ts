import { wait } from '../../core/base/wait';
import type { Turn } from '../../core/chat/conversation';
import type { OpenRouter } from '../../core/models/openRouter';
import type { Asker } from '../ask/asker';
import { type AskInput, type AskRequest, type RetryChanges, toAskRequest } from '../ask/askRequest';
import type { AskSession } from '../ask/askSession';
import type { RequestPreparation } from '../ask/requestPreparation';
import type { ModelList } from '../models/modelList';
import type { SettingsReader } from '../ports/settingsReader';
import { checkConnection, helloMaxTokens, helloPrompt } from './connectionCheck';
import type { Endpoints } from './endpoints';

/** Shows the connection check as a turn of the panel, with its tokens and its cost like any other. */
export class ConnectionCheckCommand {
  constructor(
    private readonly session: Pick<AskSession, 'fill' | 'removeUnsent' | 'reveal'>,
    private readonly asker: Asker,
    private readonly preparation: Pick<RequestPreparation, 'prepare'>,
    private readonly endpoints: Pick<Endpoints, 'current'>,
    private readonly models: Pick<ModelList, 'refresh'>,
    private readonly openRouter: OpenRouter,
    private readonly settings: Pick<SettingsReader, 'current'>,
    private readonly newId: () => string,
  ) {}

  /** Resolves with the ended turn; undefined when the user did not want it. */
  async run(): Promise<Turn | undefined> {
    const [request] = await Promise.all([this.prepared(), this.session.reveal()]);
    return request && this.check(request);
  }

  /** Checks again; a check whose hello was never sent gives way. */
  async retry(turn: Turn, changes?: RetryChanges): Promise<void> {
    const request = await this.prepared(changes);
    if (!request) return;
    this.session.removeUnsent(turn);
    await this.check(request);
  }

  private prepared(changes: RetryChanges = {}): Promise<AskRequest | undefined> {
    return this.preparation.prepare(this.hello(changes), new AbortController().signal);
  }

  private check(request: AskRequest): Promise<Turn> {
    const { asker, endpoints, models, openRouter } = this;
    return this.session.fill(request.turn, signal =>
      checkConnection(
        request.turn.sent,
        {
          endpoint: () => endpoints.current(),
          openRouter,
          models: aborted => models.refresh(aborted),
          ask: aborted => asker.ask(request, aborted),
          wait,
        },
        signal,
      ),
    );
  }

  private hello({ parameters, isForced }: RetryChanges): AskRequest {
    const { parameters: set, systemPrompt } = this.settings.current;
    const inForce = { parameters: { ...set, maxTokens: helloMaxTokens }, systemPrompt };
    const id = this.newId();
    const input: AskInput = {
      title: 'Check Connection',
      action: 'check',
      origin: 'checkConnection',
      prompt: helloPrompt,
      parameters,
      isForced,
    };
    const request = toAskRequest(input, { id, inForce, conversation: { id, turns: [] } });
    return { ...request, turn: { ...request.turn, kind: 'check' } };
  }
}
