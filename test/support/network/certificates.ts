import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate and its key, as PEM. */
export interface Certified {
  readonly certificate: string;
  readonly key: string;
}

/** An authority that nobody trusts, and a certificate of it for `host`: made anew each time, valid for two days. */
export function privateAuthority(host: string): { readonly authority: string; readonly server: Certified } {
  const ca = newPair();
  const leaf = newPair();
  const isCa = extension('551d13', sequence(Buffer.from([0x01, 0x01, 0xff])));
  const forHost = extension('551d11', sequence(der(0x82, Buffer.from(host))));
  const caName = 'Private Authority of a Test';
  return {
    authority: toPem(certificate(caName, caName, ca.publicKey, ca.privateKey, isCa)),
    server: {
      certificate: toPem(certificate(host, caName, leaf.publicKey, ca.privateKey, forHost)),
      key: leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
  };
}

const newPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** X.509 version 3: https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
function certificate(
  subject: string,
  issuer: string,
  publicKey: KeyObject,
  signer: KeyObject,
  withExtension: Buffer,
): Buffer {
  const algorithm = sequence(oid('2a8648ce3d040302'));
  const dayMs = 86_400_000;
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name(issuer),
    sequence(time(Date.now() - dayMs), time(Date.now() + dayMs)),
    name(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(withExtension)),
  );
  const signature = sign('sha256', content, signer);
  return sequence(content, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
}

function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const sequence = (...content: readonly Buffer[]): Buffer => der(0x30, ...content);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const name = (common: string): Buffer =>
  sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(common)))));
const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), der(0x04, value));
/** `YYMMDDHHMMSSZ` */
const time = (atMs: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(atMs).toISOString().replace(/\D/g, '').slice(2, 14)}Z`));

const toPem = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${(bytes.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;
