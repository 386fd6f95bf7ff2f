import { type Fault, wrong } from './fault.js';

/** `[host[:port]/]path[:tag][@sha256:digest]`, the form that container runtimes share. */
const imageReference =
  /^([a-z0-9.-]+(:\d{1,5})?\/)?[a-z0-9]+([._/-]+[a-z0-9]+)*(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(@sha256:[a-f0-9]{64})?$/;

/** Faults of `pod-gateway-image`; the runtime would wait for ever for an image that cannot exist. */
export const imageFaults = (option: string, image: string): readonly Fault[] =>
  image === '' || (image.length <= 255 && imageReference.test(image))
    ? []
    : [wrong(option, `is not the name of an image, e.g. registry.example.org/pod-gateway:v1.13.0 (is "${image}")`)];
