// ChaCha20-Poly1305 (RFC 8439) for browsers that offer no cryptography to a page without TLS. ES5, whole arrays only.
"use strict";

var JinbanSeal = (function () {
    function word(bytes, at) {
        return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
    }

    function state(key, counter, nonce) {
        var words = new Uint32Array(16);
        words[0] = 0x61707865; words[1] = 0x3320646e; words[2] = 0x79622d32; words[3] = 0x6b206574;
        for (var i = 0; i < 8; i++) words[4 + i] = word(key, 4 * i);
        words[12] = counter;
        for (var j = 0; j < 3; j++) words[13 + j] = word(nonce, 4 * j);
        return words;
    }

    function block(input, out) {
        var x = new Uint32Array(input), i;
        function quarter(a, b, c, d) {
            var t;
            x[a] += x[b]; t = x[d] ^ x[a]; x[d] = (t << 16) | (t >>> 16);
            x[c] += x[d]; t = x[b] ^ x[c]; x[b] = (t << 12) | (t >>> 20);
            x[a] += x[b]; t = x[d] ^ x[a]; x[d] = (t << 8) | (t >>> 24);
            x[c] += x[d]; t = x[b] ^ x[c]; x[b] = (t << 7) | (t >>> 25);
        }
        for (i = 0; i < 10; i++) {
            quarter(0, 4, 8, 12); quarter(1, 5, 9, 13); quarter(2, 6, 10, 14); quarter(3, 7, 11, 15);
            quarter(0, 5, 10, 15); quarter(1, 6, 11, 12); quarter(2, 7, 8, 13); quarter(3, 4, 9, 14);
        }
        for (i = 0; i < 16; i++) {
            var sum = (x[i] + input[i]) >>> 0;
            out[4 * i] = sum & 255; out[4 * i + 1] = (sum >>> 8) & 255;
            out[4 * i + 2] = (sum >>> 16) & 255; out[4 * i + 3] = sum >>> 24;
        }
    }

    function chacha(key, counter, nonce, data) {
        var out = new Uint8Array(data.length), stream = new Uint8Array(64), words = state(key, counter, nonce);
        for (var at = 0; at < data.length; at += 64) {
            block(words, stream);
            words[12] += 1;
            var end = Math.min(64, data.length - at);
            for (var i = 0; i < end; i++) out[at + i] = data[at + i] ^ stream[i];
        }
        return out;
    }

    // Ten limbs of 13 bits: every product and sum stays below 2^53.
    function limbs(bytes) {
        var t = [], h = [];
        for (var i = 0; i < 8; i++) t[i] = (bytes[2 * i] | (bytes[2 * i + 1] << 8)) & 0xffff;
        h[0] = t[0] & 0x1fff;
        h[1] = ((t[0] >>> 13) | (t[1] << 3)) & 0x1fff;
        h[2] = ((t[1] >>> 10) | (t[2] << 6)) & 0x1fff;
        h[3] = ((t[2] >>> 7) | (t[3] << 9)) & 0x1fff;
        h[4] = ((t[3] >>> 4) | (t[4] << 12)) & 0x1fff;
        h[5] = (t[4] >>> 1) & 0x1fff;
        h[6] = ((t[4] >>> 14) | (t[5] << 2)) & 0x1fff;
        h[7] = ((t[5] >>> 11) | (t[6] << 5)) & 0x1fff;
        h[8] = ((t[6] >>> 8) | (t[7] << 8)) & 0x1fff;
        h[9] = t[7] >>> 5;
        return h;
    }

    function poly1305(key, message) {
        var clamped = new Uint8Array(key.subarray(0, 16)), i, j;
        clamped[3] &= 15; clamped[7] &= 15; clamped[11] &= 15; clamped[15] &= 15;
        clamped[4] &= 252; clamped[8] &= 252; clamped[12] &= 252;
        var r = limbs(clamped), h = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        for (var at = 0; at < message.length; at += 16) {
            var piece = new Uint8Array(16), length = Math.min(16, message.length - at);
            for (i = 0; i < length; i++) piece[i] = message[at + i];
            if (length < 16) piece[length] = 1;
            var add = limbs(piece), product = [], carry = 0;
            if (length === 16) add[9] += 2048;
            for (i = 0; i < 10; i++) h[i] += add[i];
            for (i = 0; i < 10; i++) {
                var sum = carry;
                for (j = 0; j < 10; j++) sum += h[j] * (j <= i ? r[i - j] : 5 * r[i + 10 - j]);
                carry = Math.floor(sum / 8192);
                product[i] = sum % 8192;
            }
            product[0] += carry * 5;
            for (i = 0; i < 9; i++) {
                product[i + 1] += Math.floor(product[i] / 8192);
                product[i] %= 8192;
            }
            product[0] += Math.floor(product[9] / 8192) * 5;
            product[9] %= 8192;
            h = product;
        }
        return finish(h, key);
    }

    function finish(h, key) {
        var i, round;
        for (round = 0; round < 3; round++) {
            for (i = 0; i < 9; i++) {
                h[i + 1] += Math.floor(h[i] / 8192);
                h[i] %= 8192;
            }
            h[0] += Math.floor(h[9] / 8192) * 5;
            h[9] %= 8192;
        }
        var over = [], borrow = 5;
        for (i = 0; i < 10; i++) {
            over[i] = h[i] + borrow;
            borrow = Math.floor(over[i] / 8192);
            over[i] %= 8192;
        }
        if (borrow > 0) h = over;
        var tag = new Uint8Array(16), bits = 0, count = 0, place = 0, carry = 0;
        for (i = 0; i < 10; i++) {
            bits += h[i] * Math.pow(2, count);
            count += 13;
            while (count >= 8 && place < 16) {
                tag[place++] = bits % 256;
                bits = Math.floor(bits / 256);
                count -= 8;
            }
        }
        for (i = 0; i < 16; i++) {
            carry += tag[i] + key[16 + i];
            tag[i] = carry & 255;
            carry >>>= 8;
        }
        return tag;
    }

    function framed(aad, sealed) {
        var pad = function (length) { return (16 - (length % 16)) % 16; };
        var first = aad.length + pad(aad.length), size = first + sealed.length + pad(sealed.length) + 16;
        var out = new Uint8Array(size), tail = size - 16, lengths = [aad.length, sealed.length];
        out.set(aad, 0);
        out.set(sealed, first);
        for (var i = 0; i < 2; i++)
            for (var j = 0; j < 6; j++) out[tail + 8 * i + j] = Math.floor(lengths[i] / Math.pow(256, j)) % 256;
        return out;
    }

    // The ciphertext with its tag behind it.
    function seal(key, nonce, aad, plain) {
        var once = new Uint8Array(64);
        block(state(key, 0, nonce), once);
        var sealed = chacha(key, 1, nonce, plain), out = new Uint8Array(sealed.length + 16);
        out.set(sealed, 0);
        out.set(poly1305(once, framed(aad, sealed)), sealed.length);
        return out;
    }

    return { seal: seal };
})();
