/** What Kubernetes sets in every pod for each Service of its namespace (service links, as Docker's links once were). */
const OF_A_SERVICE = /^KESU_(\w+_)?(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$/;
const ADDRESS_OF_A_SERVICE = /^KESU_(\w+_)?PORT$/;
const ADDRESS = /^(tcp|udp|sctp):\/\//;

type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of `env` that Kubernetes made of a Service called `kesu` or `kesu-…`: nobody meant them as settings. */
export const serviceLinksIn = (env: Environment): readonly string[] =>
  Object.keys(env)
    .filter((name) => OF_A_SERVICE.test(name) || (ADDRESS_OF_A_SERVICE.test(name) && ADDRESS.test(env[name] ?? '')))
    .sort();

/** Where they come from and how to be rid of them. They are not passed over: KESU_PORT would be theirs, not the operator's. */
export const serviceLinksFault = ([first = '', ...others]: readonly string[]): string =>
  `${first}${others.length > 0 ? ` 等 ${others.length + 1} 项` : ''}：这是 Kubernetes 因同一命名空间中有名为 kesu（或以 kesu- 开头）的 Service 而自动注入的环境变量，不是本程序的设置；请在 Pod 规约中写明 enableServiceLinks: false，或者给该 Service 改名`;
