pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../../qml/theme"
import "../../qml/components"

// What the letters may mean: one row, large, paged; the letters themselves stand small above it. `ready` instead when
// nothing is being spelt: words this field often wants, none of them before the others.
Item {
    id: bar

    property string spelt: ""
    property var candidates: []
    property var ready: []
    readonly property bool spelling: candidates.length > 0
    readonly property var offers: spelling ? candidates : ready
    property string hint: ""
    property var pages: [0]
    signal chosen(int place)

    implicitHeight: letters.height + GsTheme.px(GsTheme.elder ? 78 : 66)

    onOffersChanged: {
        bar.pages = [0];
        row.positionViewAtBeginning();
    }

    function turn(forward: bool): void {
        if (forward) {
            // The first candidate that is cut off at the right edge opens the next page.
            let next = row.indexAt(row.contentX + row.width - 1, 1);
            if (next < 0)
                return;
            if (next <= bar.pages[bar.pages.length - 1])
                next += 1;
            bar.pages = [...bar.pages, next];
        } else if (bar.pages.length > 1) {
            bar.pages = bar.pages.slice(0, -1);
        }
        row.positionViewAtIndex(bar.pages[bar.pages.length - 1], ListView.Beginning);
    }

    GsText {
        id: letters
        objectName: "spelt"
        anchors.left: parent.left
        anchors.leftMargin: GsTheme.gap
        anchors.right: parent.right
        height: GsTheme.px(GsTheme.elder ? 40 : 32)
        verticalAlignment: Text.AlignVCenter
        elide: Text.ElideLeft
        wrapMode: Text.NoWrap
        text: bar.spelt
        role: "small"
        lineHeight: 1
        color: GsTheme.colour.accentInk
    }
    GsText {
        visible: !bar.spelling
        anchors.top: parent.top
        anchors.bottom: bar.offers.length > 0 ? letters.bottom : parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: GsTheme.gap
        verticalAlignment: Text.AlignVCenter
        wrapMode: Text.NoWrap
        elide: Text.ElideRight
        text: bar.hint
        role: "small"
        lineHeight: 1
        soft: true
    }
    RowLayout {
        visible: bar.offers.length > 0
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: letters.bottom
        anchors.bottom: parent.bottom
        spacing: GsTheme.gapSmall

        ListView {
            id: row
            objectName: "candidates"
            Layout.fillWidth: true
            Layout.fillHeight: true
            orientation: ListView.Horizontal
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            model: bar.offers
            spacing: GsTheme.gapTiny

            delegate: Rectangle {
                id: offer

                required property string modelData
                required property int index
                readonly property bool best: bar.spelling && index === 0
                readonly property string key: modelData

                objectName: "candidate_" + index
                height: row.height
                width: Math.max(GsTheme.px(88), word.implicitWidth + 2 * GsTheme.gap)
                radius: GsTheme.radius
                color: pick.pressed ? GsTheme.colour.accentSoft : best ? GsTheme.colour.surface : "transparent"
                border.width: best ? GsTheme.stroke : 0
                border.color: GsTheme.colour.accentInk
                Accessible.role: Accessible.Button
                Accessible.name: modelData
                Accessible.onPressAction: bar.chosen(index)

                GsText {
                    id: word
                    anchors.centerIn: parent
                    text: offer.modelData
                    role: "lead"
                    strong: offer.best
                    wrapMode: Text.NoWrap
                    lineHeight: 1
                    color: offer.best ? GsTheme.colour.accentInk : GsTheme.colour.text
                }
                TapHandler {
                    id: pick
                    gesturePolicy: TapHandler.DragThreshold
                    onTapped: bar.chosen(offer.index)
                }
            }
        }
        Repeater {
            model: [false, true]

            GsKey {
                required property bool modelData

                key: modelData ? "next" : "previous"
                spoken: modelData ? qsTr("更多字") : qsTr("前面的字")
                iconName: modelData ? "chevron-right" : "chevron-left"
                opacity: enabled ? 1 : 0.35
                enabled: modelData ? row.contentX + row.width < row.contentWidth - 1 : bar.pages.length > 1
                Layout.fillWidth: false
                Layout.preferredWidth: GsTheme.px(GsTheme.elder ? 96 : 78)
                onStruck: bar.turn(modelData)
            }
        }
    }
}
