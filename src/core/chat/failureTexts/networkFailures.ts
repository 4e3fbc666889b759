import type { Failure, FailureKind, NetworkCause } from '../failure';
import { type FailureAction, type FailureText, text } from '../failureAction';
import type { Describe } from './describe';

/** Nothing reached OpenRouter, or something else answered in its place. */
export const networkFailures = {
  noKey: () =>
    text(
      'No OpenRouter API key is set yet. Sign in with OpenRouter, or set a key.',
      'signIn',
      'setKey',
      'getKey',
    ),
  invalidBaseUrl: ({ detail = 'it is not a URL' }) =>
    text(
      `The setting askOpenRouter.baseUrl cannot be used: ${detail}. Nothing was sent.`,
      'openBaseUrlSetting',
    ),
  network: networkText,
  notOpenRouter: ({ network }) =>
    network === 'loginPage'
      ? text(
          'A page of the network came as the answer: it wants you to sign in before it lets anything through. Open a page in the browser, sign in there, and retry.',
          'openOpenRouter',
          'retry',
          'checkConnection',
        )
      : text(
          'The answer did not come from OpenRouter: a proxy, a login page or a wrong base URL is in between.',
          'checkConnection',
          'openBaseUrlSetting',
          'showLog',
        ),
} as const satisfies Partial<Record<FailureKind, Describe>>;

/** What is missing, with the setting of VS Code that helps. */
const causes: Readonly<Record<NetworkCause, readonly [string, ...FailureAction[]]>> = {
  offline: ['This computer has no network now. Connect it and retry.', 'retry', 'checkConnection'],
  dns: [
    'The name of the server has no address here. Connect to the network or the VPN; behind a company proxy set http.proxy; or correct askOpenRouter.baseUrl.',
    'retry',
    'openProxySettings',
    'openBaseUrlSetting',
  ],
  refused: [
    'Nothing answers at the address of the server. Check askOpenRouter.baseUrl and, if one is set, http.proxy.',
    'retry',
    'openBaseUrlSetting',
    'openProxySettings',
  ],
  noConnection: [
    'No connection to the server came about in time: a firewall may be in between. Behind a company proxy set http.proxy.',
    'retry',
    'openProxySettings',
    'checkConnection',
  ],
  reset: [
    'The connection was broken off before an answer came. If that goes on, a firewall or a proxy may do it: see http.proxy.',
    'retry',
    'checkConnection',
    'openProxySettings',
  ],
  untrusted: [
    'The certificate of the connection was issued by an authority that VS Code does not trust, as company proxies do it. Have that authority installed in the operating system, leave http.systemCertificates on, and restart VS Code.',
    'openProxySettings',
    'retry',
    'checkConnection',
  ],
  certificateDate: [
    'The certificate of the server is not valid today. Check the date of this computer; if it is right, whoever runs the server or the proxy must renew it.',
    'retry',
    'checkConnection',
  ],
  certificateName: [
    'The certificate of the connection belongs to another server. Check askOpenRouter.baseUrl and http.proxy.',
    'openBaseUrlSetting',
    'openProxySettings',
    'checkConnection',
  ],
  tls: [
    'No safe connection (TLS) came about. A proxy that does not let it through may be in between: see http.proxy and http.systemCertificates.',
    'openProxySettings',
    'retry',
    'checkConnection',
  ],
  proxyLogin: [
    'The proxy wants a login. Put the name and the password into http.proxy (http://name:password@host:port, with %40 for an @ in them).',
    'openProxySettings',
    'retry',
  ],
  proxy: [
    'The proxy did not let the request through. Check http.proxy; hosts that need none go into http.noProxy.',
    'openProxySettings',
    'retry',
    'checkConnection',
  ],
  loginPage: [
    'A login page of the network is in between. Sign in there in the browser, and retry.',
    'openOpenRouter',
    'retry',
  ],
};

function networkText({ network }: Failure): FailureText {
  if (network !== undefined) {
    const [why, ...actions] = causes[network];
    return text(`OpenRouter cannot be reached. ${why}`, ...actions);
  }
  return text(
    'OpenRouter cannot be reached. Check the network, the proxy settings of VS Code and the base URL.',
    'retry',
    'checkConnection',
    'showLog',
  );
}
