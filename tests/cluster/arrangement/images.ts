import { podGatewayImage, type Protection } from '@charm-ts/vpn-gateway';

/** `caas-image-repo` of the controller that these tests play. All images are one: tests/cluster/image. */
export const imageRepository = 'cluster.test/juju';
export const userland = 'cluster.test/app:1';
export const otherUserland = 'cluster.test/app:2';
const gatewayUserland = 'cluster.test/pod-gateway:1';

/** What the library makes, with the image of these tests in the place of the published one. */
export function withTestImage(protection: Protection): Protection {
  const text = JSON.stringify(protection);
  if (!text.includes(podGatewayImage)) throw new Error(`nothing runs in ${podGatewayImage}`);
  return JSON.parse(text.replaceAll(podGatewayImage, gatewayUserland)) as Protection;
}
