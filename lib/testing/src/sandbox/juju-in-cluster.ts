import { applicationObjects, roleRules } from '../juju-objects/application-objects.js';
import { clusterObjects } from '../juju-objects/cluster-objects.js';
import type { Application } from '../model/application.js';
import type { JujuModel } from '../model/juju-model.js';
import type { Cluster } from '../pod/cluster.js';

const rbac = 'rbac.authorization.k8s.io/v1';

/** What Juju's controller does in the cluster: it makes, changes and removes the objects of applications. */
export class JujuInCluster {
  readonly #model: JujuModel;
  readonly #cluster: Cluster;
  #nextService = 100;

  constructor(model: JujuModel, cluster: Cluster) {
    this.#model = model;
    this.#cluster = cluster;
    cluster.reset();
    for (const object of clusterObjects(model.name)) cluster.put(object);
  }

  create(application: Application): void {
    const clusterIP = `10.152.183.${String(this.#nextService)}`;
    this.#nextService += 1;
    for (const object of applicationObjects(this.#model, application, clusterIP)) this.#cluster.put(object);
    this.#cluster.setTrust(this.#model.name, application.name, application.trust);
  }

  setTrust(app: string, trust: boolean): void {
    const { name: namespace } = this.#model;
    this.#cluster.setTrust(namespace, app, trust);
    const rules = roleRules(trust, namespace);
    this.#cluster.patch({ apiVersion: rbac, kind: 'Role', namespace, name: app }, { rules: rules.namespaced });
    this.#cluster.patch(
      { apiVersion: rbac, kind: 'ClusterRole', name: `${namespace}-${app}` },
      { rules: rules.cluster },
    );
  }

  scale(app: string, replicas: number): void {
    const ref = { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: this.#model.name, name: app };
    this.#cluster.patch(ref, { spec: { replicas } });
  }

  /** Takes away what Juju made. What the charm made stays: cleaning up after itself is the charm's work in a test. */
  remove(app: string): void {
    for (const { apiVersion, kind, metadata } of this.#cluster.list()) {
      const { name, namespace, labels = {} } = metadata;
      const jujus = labels['app.kubernetes.io/managed-by'] === 'juju' && labels['app.kubernetes.io/name'] === app;
      if (!jujus) continue;
      this.#cluster.delete(
        namespace === undefined ? { apiVersion, kind, name } : { apiVersion, kind, name, namespace },
      );
    }
  }
}
