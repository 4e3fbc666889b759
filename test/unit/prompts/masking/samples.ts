/** Numbers that look random and are the same in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const small = 'abcdefghijklmnopqrstuvwxyz';
const hex = '0123456789abcdef';
const alphanumeric = `${small}${small.toUpperCase()}0123456789`;
const base64 = `${alphanumeric}+/`;

/** A secret of a format, in text in which it is usual to stand. */
export interface SecretSample {
  readonly kind: string;
  readonly secret: string;
  readonly text: string;
}

/** Makes the pieces of secrets. */
function createPieces(seed: number) {
  const random = createRandom(seed);
  const chars = (alphabet: string, count: number): string =>
    Array.from({ length: count }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
  const pem = (name: string, lines = 6, end = '\n'): string => {
    const body = Array.from({ length: lines }, () => chars(base64, 64));
    return [`-----BEGIN ${name}-----`, ...body, `-----END ${name}-----`].join(end);
  };
  const an = (count: number): string => chars(alphanumeric, count);
  return { chars, an, pem, digits: (count: number): string => chars('123456789', count) };
}

type Pieces = ReturnType<typeof createPieces>;

/** `%` in `around` is the secret. */
const sample = (kind: string, secret: string, around = 'const it = "%";'): SecretSample => ({
  kind,
  secret,
  text: `// before\n${around.replace('%', () => secret)}\n// after`,
});

function keysSamples({ chars, an, pem }: Pieces): readonly SecretSample[] {
  return [
    sample('private key', pem('RSA PRIVATE' + ' KEY'), '%'),
    sample('private key', pem('OPENSSH PRIVATE' + ' KEY'), 'key = """%"""'),
    sample('private key', pem('PRIVATE' + ' KEY', 4, '\\n'), '{ "private_key": "%\\n" }'),
    sample(
      'private key',
      pem('EC PRIVATE' + ' KEY')
        .split('\n')
        .slice(0, 5)
        .join('\n'),
      '%',
    ),
    sample('PGP private key', pem('PGP PRIVATE' + ' KEY BLOCK'), '%'),
    sample('age secret key', `AGE-SECRET-KEY-1${chars('QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58)}`, '%'),
    sample('OpenRouter key', `sk-or-v1-${chars(hex, 64)}`),
    sample('Anthropic key', `sk-ant-api03-${an(93)}AA`),
    sample('OpenAI key', `sk-proj-${an(74)}T3Blbk${'FJ'}${an(74)}`),
    sample('OpenAI key', `sk-${an(20)}T3Blbk${'FJ'}${an(20)}`, 'OPENAI_API_KEY=%'),
    sample('Hugging Face token', `hf_${chars(small + small.toUpperCase(), 34)}`),
  ];
}

function cloudSamples({ chars, an }: Pieces): readonly SecretSample[] {
  return [
    sample('AWS access key id', `AKIA${chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`),
    sample('AWS secret access key', chars(base64, 40), 'aws_secret_access_key = %'),
    sample('AWS secret access key', chars(base64, 40), '{ "SecretAccessKey": "%" }'),
    sample('Google API key', `AIza${an(35)}`),
    sample('Google OAuth client secret', `GOCSPX-${an(28)}`),
    sample('Google OAuth token', `ya29.${an(120)}`),
    sample(
      'Azure storage key',
      `${chars(base64, 86)}==`,
      'AccountName=shop;AccountKey=%;EndpointSuffix=core',
    ),
    sample('Azure client secret', `${an(3)}8Q~${an(34)}`),
    sample('DigitalOcean token', `dop_v1_${chars(hex, 64)}`),
    sample('Databricks token', `dapi${chars(hex, 32)}`),
    sample('HashiCorp Vault token', `hvs.${an(95)}`),
    sample('Terraform Cloud token', `${an(14)}.atlasv1.${an(66)}`),
  ];
}

function hostsSamples({ chars, an }: Pieces): readonly SecretSample[] {
  return [
    sample('GitHub token', `ghp_${an(36)}`),
    sample('GitHub token', `gho_${an(36)}`, 'git clone https://%@github.com/acme/shop'),
    sample('GitHub fine-grained token', `github_pat_${an(22)}_${an(59)}`),
    sample('GitLab token', `glpat-${an(20)}`),
    sample('Atlassian token', `ATATT3xFfGF0${an(180)}`),
    sample('npm token', `npm_${an(36)}`),
    sample(
      'npm registry token',
      `${chars(hex, 8)}-${chars(hex, 4)}-4${chars(hex, 3)}-${chars(hex, 16)}`,
      '//registry.example.org/:_authToken=%',
    ),
    sample('PyPI token', `pypi-AgEIcHlwaS5vcmc${an(150)}`),
    sample('RubyGems key', `rubygems_${chars(hex, 48)}`),
    sample('Docker token', `dckr_pat_${an(27)}`),
    sample('Stripe key', `sk_${'live'}_${an(24)}`),
    sample('Stripe key', `rk_${'test'}_${an(99)}`),
    sample('Square token', `sq0atp-${an(22)}`),
    sample('Shopify token', `shpat_${chars(hex, 32)}`),
    sample('Braintree token', `access_token$production$${chars(small, 16)}$${chars(hex, 32)}`),
  ];
}

function chatSamples({ chars, an, digits }: Pieces): readonly SecretSample[] {
  return [
    sample('Slack token', `xoxb-${digits(12)}-${digits(12)}-${an(24)}`),
    sample('Slack webhook', `https://hooks.slack.com/services/T${an(8)}/B${an(8)}/${an(24)}`),
    sample('Discord token', `M${an(23)}.${an(6)}.${an(38)}`),
    sample('Discord webhook', `https://discord.com/api/webhooks/${digits(18)}/${an(68)}`),
    sample('Telegram bot token', `${digits(10)}:AA${an(33)}`),
    sample('Twilio key', `SK${chars(hex, 32)}`),
    sample('SendGrid key', `SG.${an(22)}.${an(43)}`),
    sample('Mailgun key', `key-${chars(hex, 32)}`),
    sample('Mailchimp key', `${chars(hex, 32)}-us12`),
  ];
}

function placedSamples({ chars, an }: Pieces): readonly SecretSample[] {
  return [
    sample('JSON Web Token', `eyJ${an(33)}.eyJ${an(60)}.${an(43)}`),
    sample('password in an address', `${an(9)}7k`, 'DB=postgres://shop:%@db.internal:5432/shop'),
    sample('password in an address', `${chars(small, 10)}`, 'url: mongodb+srv://shop:%@cluster0.mongodb.net'),
    sample('authorization header', `${an(30)}7a`, "curl -H 'Authorization: Bearer %'"),
    sample('secret of an .env line', `${an(14)}4x`, 'DB_PASSWORD=%'),
    sample('secret of an .env line', `${chars(hex, 40)}a1`, 'export SESSION_SECRET="%"'),
    sample('random value of an .env line', `${an(44)}aZ7`, 'MASTER=%'),
    sample('secret in quotes', `${chars(hex, 30)}a1`, "const clientSecret = '%';"),
    sample('secret in quotes', `${an(30)}q7`, '{ "apiKey": "%" }'),
  ];
}

/** Made here of pieces, so that no scanner of repositories takes this file for a leak. */
export function makeSamples(seed: number): readonly SecretSample[] {
  const pieces = createPieces(seed);
  return [keysSamples, cloudSamples, hostsSamples, chatSamples, placedSamples].flatMap(make => make(pieces));
}

/** What looks a little like a secret and is none. */
export const nearMisses: readonly string[] = [
  `-----BEGIN PUBLIC KEY-----\n${'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A'.repeat(4)}\n-----END PUBLIC KEY-----`,
  `-----BEGIN CERTIFICATE-----\n${'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A'.repeat(4)}\n-----END CERTIFICATE-----`,
  "if (text.includes('-----BEGIN RSA PRIVATE KEY-----')) return parsePem(text);",
  'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
  'sk-or-v1-',
  'const prefix = "sk-ant-";',
  'sk-this-is-a-css-class-name',
  'class="task-list sk-circle sk-fading-circle"',
  'hf_hub_download(repo_id, filename)',
  'AKIAIOSFODNN7EXAMPLE',
  'AKIA12',
  'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'const secretAccessKey = config.get("aws.secretAccessKey");',
  'AIzaShort',
  'GOCSPX-',
  'ya29.short',
  'DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=<key>;',
  'ghp_tooShort123',
  'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  'github_pat_example',
  'glpat-xxxxxxxxxxxxxxxxxxxx',
  'npm_config_registry npm_package_version npm_lifecycle_event',
  '//registry.example.org/:_authToken=$' + '{NPM_TOKEN}',
  'pypi-server==1.5.0',
  'rubygems_version = "3.4.10"',
  'do_v1_something',
  'hvs.caller()',
  'pk_live_isThePublicHalf',
  'sk_live_',
  'shpat_nothex',
  'xoxb-your-token',
  'xoxb-',
  'https://hooks.slack.com/services/',
  'https://discord.com/api/webhooks/id/token',
  '12:34:56 2026-01-01',
  'SKU12345 SKIP_THIS',
  'SG.something.else',
  'key-value-pair key-0001',
  'cf23df2207d99a74fbe169e3eba035e633b65d94',
  'sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==',
  'eyJhbGciOiJIUzI1NiJ9',
  '550e8400-e29b-41d4-a716-446655440000',
  'https://example.com:8080/path@version',
  'postgres://user:password@localhost:5432/db',
  'postgres://shop:$' + '{PASSWORD}@localhost/db',
  'git@github.com:acme/shop.git',
  'Authorization: Bearer <token>',
  'headers.Authorization = `Bearer $' + '{token}`;',
  'API_KEY=your_api_key_here',
  'DB_PASSWORD=',
  'DB_PASSWORD=changeme123',
  'SECRET_KEY=$' + '{SECRET_KEY}',
  'TOKEN_URL=https://auth.example.com/oauth/token',
  'MAX_TOKENS=4096',
  'PASSWORD_MIN_LENGTH=12',
  'SESSION_TOKEN_NAME=shop_session_id',
  "const TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:jwt';",
  "password: 'Please enter your password'",
  "tokenName: 'FlowExistingAccountPasswordRequiredResultV2'",
  '"ephemeral_1h_input_tokens": "ephemeral1hInputTokens"',
  'const apiKey = process.env.OPENROUTER_API_KEY;',
  "keyPath: './keys/private.pem'",
];
