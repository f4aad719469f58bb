package io.sealos.oci.internal.client;

import io.sealos.oci.RegistryCredential;
import io.sealos.oci.internal.credential.Credentials;
import io.sealos.oci.internal.http.HostNames;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;

/** A request for a token. The credential is sent to the token server only. */
record TokenRequest(RegistryRequest call, URI realm, String query, Optional<RegistryCredential> credential)
        implements Redirects.Request {
    /** Returns the address to which the request is sent first. */
    URI address() {
        if (isForm()) {
            return realm;
        }
        String known = realm.getRawQuery();
        String separator = known == null ? "?" : known.isEmpty() ? "" : "&";
        return URI.create(realm + separator + query);
    }

    @Override
    public HttpRequest to(URI address) throws TransferException {
        boolean own = Endpoint.isSameOrigin(realm, address);
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (!isForm()) {
            credential
                    .filter(known -> own)
                    .ifPresent(known -> request.header("Authorization", Credentials.basicHeader(known)));
            return request.build();
        }
        if (!own) {
            throw Failures.refused(
                    call.image(),
                    realm,
                    "the token server " + HostNames.of(realm) + " sends on to " + HostNames.of(address)
                            + ", which may not get the identity token",
                    "ask who runs the token server of " + call.endpoint().host());
        }
        return request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form()))
                .build();
    }

    private boolean isForm() {
        return credential.isPresent() && credential.get().isIdentityToken();
    }

    private String form() {
        String token = credential.map(RegistryCredential::secret).orElse("");
        return "grant_type=refresh_token&client_id=sealos-java&" + query + "&refresh_token="
                + Authorizer.encoded(token);
    }
}
