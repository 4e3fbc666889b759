import { isNoStandIn, looksRandom, type SecretFormat } from './secretFormat';

/** A token that tells by its own beginning what it is. Nothing that could be a part of it stands before it. */
function token(kind: string, body: string, accepts = looksRandom): SecretFormat {
  return { kind, pattern: new RegExp(`(?<![A-Za-z0-9])(?:${body})(?![A-Za-z0-9])`, 'g'), accepts };
}

const cloud: readonly SecretFormat[] = [
  token('AWS access key id', '(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}'),
  {
    kind: 'AWS secret access key',
    pattern:
      /(?:secret_?access_?key|aws_?secret(?:_?key)?)["']?[ \t]{0,5}(?::|=>?)[ \t]{0,5}["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
    accepts: looksRandom,
  },
  token('Google API key', 'AIza[\\w-]{35}'),
  token('Google OAuth client secret', 'GOCSPX-[\\w-]{28}'),
  token('Google OAuth token', 'ya29\\.[\\w-]{30,500}'),
  {
    kind: 'Azure storage key',
    pattern: /(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{42,86}={1,2})/g,
    accepts: looksRandom,
  },
  token('Azure client secret', '[\\w~.]{3}\\dQ~[\\w~.-]{31,34}'),
  token('DigitalOcean token', 'do[opr]_v1_[a-f0-9]{64}'),
  token('Databricks token', 'dapi[a-f0-9]{32}(?:-\\d)?'),
  token('HashiCorp Vault token', 'hv[sb]\\.[\\w-]{24,300}'),
  token('Terraform Cloud token', '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{60,70}'),
];

const codeHosts: readonly SecretFormat[] = [
  token('GitHub token', 'gh[pousr]_[A-Za-z0-9]{36,255}'),
  token('GitHub fine-grained token', 'github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}'),
  token('GitLab token', 'gl(?:pat|ptt|dt|rt|cbt|agent|oas|soat|ft|imt|rtr)-[\\w.-]{20,300}'),
  token('Atlassian token', 'ATATT3[\\w=-]{50,300}|ATCTT3[\\w=-]{50,300}'),
  token('npm token', 'npm_[A-Za-z0-9]{36}'),
  token('PyPI token', 'pypi-AgE[\\w-]{50,1000}'),
  token('RubyGems key', 'rubygems_[a-f0-9]{48}'),
  token('Docker token', 'dckr_(?:pat|oat)_[\\w-]{27,40}'),
];

const payment: readonly SecretFormat[] = [
  token('Stripe key', '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,247}|whsec_[A-Za-z0-9+/]{32,64}'),
  token('Square token', 'sq0(?:atp|csp)-[\\w-]{22,43}|EAAA[\\w-]{60}'),
  token('Shopify token', 'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}'),
  token('Braintree token', 'access_token\\$(?:production|sandbox)\\$[a-z0-9]{16}\\$[a-f0-9]{32}'),
];

const chat: readonly SecretFormat[] = [
  token(
    'Slack token',
    'xox[abeoprs]-\\d[\\dA-Za-z-]{20,250}|xapp-\\d-[A-Z0-9]{9,15}-\\d{9,15}-[a-f0-9]{40,80}',
  ),
  token('Slack webhook', 'https://hooks\\.slack\\.com/(?:services|workflows|triggers)/[\\w/]{30,100}'),
  token('Discord token', '[MNO][\\w-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,40}'),
  token(
    'Discord webhook',
    'https://(?:\\w{1,10}\\.)?discord(?:app)?\\.com/api/webhooks/\\d{17,20}/[\\w-]{60,80}',
  ),
  token('Telegram bot token', '\\d{8,10}:AA[\\w-]{33}'),
  token('Twilio key', 'SK[0-9a-f]{32}'),
  token('SendGrid key', 'SG\\.[\\w-]{22}\\.[\\w-]{43}'),
  token('Mailgun key', 'key-[0-9a-f]{32}'),
  token('Mailchimp key', '[0-9a-f]{32}-us\\d{1,2}'),
];

const models: readonly SecretFormat[] = [
  // Before the shorter forms of OpenAI's keys, which begin alike.
  token('OpenRouter key', 'sk-or-[A-Za-z0-9_-]{20,200}'),
  token('Anthropic key', 'sk-ant-[\\w-]{20,300}'),
  token(
    'OpenAI key',
    'sk-(?:proj|svcacct|admin|None)-[\\w-]{40,300}|sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}|sk-[A-Za-z0-9]{48}',
  ),
  token('Hugging Face token', '(?:hf|api_org)_[A-Za-z]{34}'),
];

const general: readonly SecretFormat[] = [
  token('age secret key', 'AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}'),
  {
    kind: 'JSON Web Token',
    pattern: /(?<![\w.-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{20,1000}(?![\w-])/g,
    accepts: isNoStandIn,
  },
];

/** Formats that tell by themselves what they are. */
export const tokenFormats: readonly SecretFormat[] = [
  ...models,
  ...cloud,
  ...codeHosts,
  ...payment,
  ...chat,
  ...general,
];
