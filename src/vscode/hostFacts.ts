import * as vscode from 'vscode';
import type { HostFacts } from '../app/account/diagnostics';

/** What may be told of VS Code and its settings of the network. */
export function hostFacts(context: vscode.ExtensionContext): HostFacts {
  const { packageJSON } = context.extension as { readonly packageJSON: { readonly version?: unknown } };
  const http = vscode.workspace.getConfiguration('http');
  return {
    extensionVersion: String(packageJSON.version),
    editorVersion: vscode.version,
    editorKind: vscode.env.uiKind === vscode.UIKind.Desktop ? vscode.env.appHost : 'web',
    platform: globalThis.navigator?.platform ?? 'unknown platform',
    remoteKind: vscode.env.remoteName,
    network: {
      'http.proxy': http.get<string>('proxy') ? 'set' : 'not set',
      'http.proxySupport': String(http.get('proxySupport')),
      'http.proxyStrictSSL': String(http.get('proxyStrictSSL')),
      'http.systemCertificates': String(http.get('systemCertificates')),
      'http.proxyAuthorization': http.get('proxyAuthorization') ? 'set' : 'not set',
    },
  };
}
