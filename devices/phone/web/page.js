// Pictures are drawn smaller on the phone, which also drops where they were taken; then everything is sealed with the
// key that only the code on the terminal's screen holds: the part of the address behind # is never sent.
"use strict";

(function () {
    var LONGEST = 2800, QUALITY = 0.85, waiting = [], busy = false, sent = 0;
    var list = document.getElementById("list");

    function bytesOf(text) {
        var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/")), out = new Uint8Array(plain.length);
        for (var i = 0; i < plain.length; i++) out[i] = plain.charCodeAt(i);
        return out;
    }

    function tell(row, text, mood) {
        row.textContent = text;
        row.className = mood || "";
    }

    function smaller(file, done, failed) {
        var url = URL.createObjectURL(file), picture = new Image();
        picture.onload = function () {
            var share = Math.min(1, LONGEST / Math.max(picture.naturalWidth, picture.naturalHeight));
            var canvas = document.createElement("canvas");
            canvas.width = Math.round(picture.naturalWidth * share);
            canvas.height = Math.round(picture.naturalHeight * share);
            var context = canvas.getContext("2d");
            context.fillStyle = "#fff";
            context.fillRect(0, 0, canvas.width, canvas.height);
            context.drawImage(picture, 0, 0, canvas.width, canvas.height);
            URL.revokeObjectURL(url);
            canvas.toBlob(function (blob) { blob ? read(blob, done, failed) : failed(); }, "image/jpeg", QUALITY);
        };
        picture.onerror = function () { URL.revokeObjectURL(url); failed(); };
        picture.src = url;
    }

    function read(blob, done, failed) {
        var reader = new FileReader();
        reader.onload = function () { done(new Uint8Array(reader.result)); };
        reader.onerror = failed;
        reader.readAsArrayBuffer(blob);
    }

    function send(kind, data, row) {
        var number = sent, nonce = new Uint8Array(12), plain = new Uint8Array(1 + data.length);
        crypto.getRandomValues(nonce);
        plain[0] = kind;
        plain.set(data, 1);
        var label = "jinban-phone " + number, aad = new Uint8Array(label.length);
        for (var i = 0; i < label.length; i++) aad[i] = label.charCodeAt(i);
        var sealed = JinbanSeal.seal(bytesOf(location.hash.substring(1)), nonce, aad, plain);
        var body = new Uint8Array(12 + sealed.length);
        body.set(nonce, 0);
        body.set(sealed, 12);
        var request = new XMLHttpRequest();
        request.open("POST", "file/" + number);
        request.timeout = 120000;
        request.upload.onprogress = function (event) {
            if (event.lengthComputable) tell(row, "正在传 " + Math.floor(100 * event.loaded / event.total) + "%");
        };
        request.onload = function () {
            if (request.status === 200) {
                sent += 1;
                tell(row, "传好了 Sent", "good");
            } else if (request.status === 413) {
                tell(row, "文件太大了。请选小一点的。 Too large.", "bad");
            } else {
                tell(row, "没有传成，请在终端上重新扫码。 Please scan the code again.", "bad");
            }
            next();
        };
        request.onerror = request.ontimeout = function () {
            tell(row, "没有传成。请连上本点的无线网再试。 Join the local Wi-Fi and try again.", "bad");
            next();
        };
        request.send(body);
    }

    function next() {
        busy = false;
        var one = waiting.shift();
        if (!one) return;
        busy = true;
        var failed = function () {
            tell(one.row, "这个文件打不开，请换一个。 Cannot be opened.", "bad");
            next();
        };
        var pdf = one.file.type === "application/pdf" || /\.pdf$/i.test(one.file.name);
        (pdf ? read : smaller)(one.file, function (data) { send(pdf ? 1 : 0, data, one.row); }, failed);
    }

    function take(event) {
        var files = event.target.files;
        for (var i = 0; i < files.length; i++) {
            var row = document.createElement("li");
            tell(row, "等着传 Waiting");
            list.appendChild(row);
            waiting.push({ file: files[i], row: row });
        }
        event.target.value = "";
        if (!busy) next();
    }

    document.getElementById("shoot").addEventListener("change", take);
    document.getElementById("choose").addEventListener("change", take);
})();
