import { generate } from 'selfsigned';

/** Key and certificate of a server on the loopback, PEM. The certificate is its own authority. */
export interface ServerCertificate {
  readonly key: string;
  readonly certificate: string;
}

let cached: Promise<ServerCertificate> | undefined;

/** A certificate for `127.0.0.1` and `localhost`, made once in a process. */
export const serverCertificate = (): Promise<ServerCertificate> => {
  cached ??= make();
  return cached;
};

const make = async (): Promise<ServerCertificate> => {
  const made = await generate([{ name: 'commonName', value: 'kube-apiserver' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  });
  return { key: made.private, certificate: made.cert };
};
