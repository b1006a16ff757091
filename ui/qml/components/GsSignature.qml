import QtQuick
import "../theme"

// A box to sign in with a finger or pen. The strokes are kept as points (x, y, milliseconds since the first touch):
// they are the signature; the drawing is only what the person sees.
Rectangle {
    id: pane

    property var strokes: []
    property var running: []
    property double began: 0
    readonly property bool empty: strokes.length === 0

    radius: GsTheme.radius
    color: "#ffffff"
    border.width: GsTheme.stroke
    border.color: GsTheme.colour.lineStrong
    Accessible.role: Accessible.Canvas
    Accessible.name: qsTr("签名框：用手指写下您的名字")

    function clear(): void {
        pane.strokes = [];
        pane.running = [];
        pane.began = 0;
        paper.redraw = true;
        paper.requestPaint();
    }

    function undo(): void {
        pane.strokes = pane.strokes.slice(0, -1);
        paper.redraw = true;
        paper.requestPaint();
    }

    function addPoint(x: real, y: real): void {
        const now = Date.now();
        if (pane.began === 0)
            pane.began = now;
        pane.running.push([Math.round(Math.max(0, Math.min(pane.width, x))), Math.round(Math.max(0, Math.min(pane.height, y))), Math.round(now - pane.began)]);
        paper.requestPaint();
    }

    function finishStroke(): void {
        if (pane.running.length > 0)
            pane.strokes = pane.strokes.concat([pane.running]);
        pane.running = [];
        // A quick stroke may end before it was ever painted.
        paper.redraw = true;
        paper.requestPaint();
    }

    GsText {
        anchors.centerIn: parent
        visible: pane.empty && !touch.active
        text: qsTr("请用手指在这里签名")
        role: "lead"
        color: "#6b6b6b"
    }
    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: GsTheme.px(60)
        height: 1
        color: "#c9c4b8"
    }
    Canvas {
        id: paper
        anchors.fill: parent
        anchors.margins: 2
        renderStrategy: Canvas.Immediate

        property bool redraw: false
        property int drawn: 0

        function line(context: var, points: var, from: int): void {
            if (points.length === 1) {
                context.beginPath();
                context.arc(points[0][0], points[0][1], context.lineWidth / 2, 0, 2 * Math.PI);
                context.fill();
                return;
            }
            context.beginPath();
            context.moveTo(points[from][0], points[from][1]);
            for (let i = from + 1; i < points.length; ++i)
                context.lineTo(points[i][0], points[i][1]);
            context.stroke();
        }

        onPaint: {
            const context = getContext("2d");
            context.lineWidth = GsTheme.px(6);
            context.lineCap = "round";
            context.lineJoin = "round";
            context.strokeStyle = "#101820";
            context.fillStyle = "#101820";
            if (redraw) {
                context.clearRect(0, 0, width, height);
                for (const stroke of pane.strokes)
                    line(context, stroke, 0);
                redraw = false;
                drawn = 0;
            }
            if (pane.running.length > 0) {
                line(context, pane.running, Math.max(0, drawn - 1));
                drawn = pane.running.length;
            }
        }
        onWidthChanged: redraw = true
        onHeightChanged: redraw = true
    }
    PointHandler {
        id: touch
        acceptedButtons: Qt.LeftButton
        onActiveChanged: active ? pane.addPoint(point.position.x, point.position.y) : pane.finishStroke()
        onPointChanged: if (active)
            pane.addPoint(point.position.x, point.position.y)
    }
}
