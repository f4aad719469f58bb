package io.sealos.oci.internal.credential;

import io.sealos.oci.RegistryCredential;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The credentials of one client. Each is looked up once, in the order of the sources. Thread-safe. */
public final class Credentials {
    private final List<CredentialSource> sources;
    private final Map<RepositoryName, Found> known = new HashMap<>();

    public Credentials(List<CredentialSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** A credential, and the problems that may have hidden one, in parentheses for a message. */
    public record Found(Optional<RegistryCredential> credential, String remarks) {}

    /** Returns the value of an Authorization header with the user and secret. */
    public static String basicHeader(RegistryCredential credential) {
        String pair = credential.user().orElse("") + ":" + credential.secret();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the credential for a repository, and the problems of sources that may have hidden one. */
    public synchronized Found find(RepositoryName repository) throws InterruptedException {
        Found found = known.get(repository);
        if (found == null) {
            found = search(repository);
            known.put(repository, found);
        }
        return found;
    }

    private Found search(RepositoryName repository) throws InterruptedException {
        Set<String> remarks = new LinkedHashSet<>();
        for (CredentialSource source : sources) {
            Optional<RegistryCredential> found = source.find(repository, remarks::add);
            if (found.isPresent()) {
                return new Found(found, "");
            }
        }
        return new Found(Optional.empty(), remarks.isEmpty() ? "" : " (" + String.join("; ", remarks) + ")");
    }
}
