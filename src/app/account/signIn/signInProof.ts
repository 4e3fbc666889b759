/** What one sign-in is recognised by. The verifier leaves this machine only together with the code. */
export interface SignInProof {
  /** Comes back with the code: whatever comes back without it belongs to another sign-in, or to an attacker. */
  readonly state: string;
  readonly verifier: string;
  /** Base64url of the SHA-256 of the verifier: what the page is told (RFC 7636, method S256). */
  readonly challenge: string;
}

export async function createSignInProof(): Promise<SignInProof> {
  const verifier = randomText();
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return { state: randomText(), verifier, challenge: toBase64Url(new Uint8Array(hash)) };
}

/** 256 random bits: 43 characters. */
const randomText = (): string => toBase64Url(crypto.getRandomValues(new Uint8Array(32)));

function toBase64Url(bytes: Uint8Array): string {
  const base64 = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
