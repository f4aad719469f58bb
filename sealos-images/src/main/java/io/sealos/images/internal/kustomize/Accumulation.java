package io.sealos.images.internal.kustomize;

import io.sealos.images.internal.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The accumulated objects of kustomizations, with unique names, and the fields that their configurations name. */
final class Accumulation {
    private final List<Resource> resources = new ArrayList<>();
    private final List<YamlNode> imageFields = new ArrayList<>();
    private final List<YamlNode> variableFields = new ArrayList<>();
    private final List<YamlNode> variables = new ArrayList<>();

    List<Resource> resources() {
        return resources;
    }

    /** {@return the fields with images in addition to the containers, including those of the bases} */
    List<YamlNode> imageFields() {
        return imageFields;
    }

    List<YamlNode> variableFields() {
        return variableFields;
    }

    List<YamlNode> variables() {
        return variables;
    }

    void addAll(Accumulation other, int line) throws KustomizeException {
        addAll(other.resources, line);
        imageFields.addAll(other.imageFields);
        variableFields.addAll(other.variableFields);
        variables.addAll(other.variables);
    }

    void addAll(List<Resource> others, int line) throws KustomizeException {
        resources.addAll(others);
        checkNames(line);
    }

    /** Checks that no two objects have the same name. */
    void checkNames(int line) throws KustomizeException {
        Map<Identity, Resource> known = new HashMap<>();
        for (Resource resource : resources) {
            Resource other = known.putIfAbsent(resource.identity(), resource);
            if (other != null) {
                throw new KustomizeException(line, "brings " + resource.identity() + " twice, which kustomize refuses");
            }
        }
    }

    /** Adds a generated object, or combines it with the object that it changes. */
    void absorb(Resource made, YamlNode rule) throws KustomizeException {
        List<Resource> same = everKnownAs(made.identity());
        if (same.isEmpty()) {
            String behavior = rule.textOf("behavior");
            if (behavior.equals("merge") || behavior.equals("replace")) {
                throw new KustomizeException(
                        rule.line(), "has a generator that changes " + made.identity() + ", which is not there");
            }
            resources.add(made);
            return;
        }
        if (same.size() > 1) {
            throw new KustomizeException(
                    rule.line(), "has a generator that changes " + made.identity() + ", which several objects are");
        }
        Generator.combine(same.get(0), made, rule);
        resources.set(resources.indexOf(same.get(0)), made);
    }

    /** {@return the objects that have or had an identity} */
    List<Resource> everKnownAs(Identity identity) {
        return resources.stream()
                .filter(it -> it.identities().contains(identity))
                .toList();
    }
}
