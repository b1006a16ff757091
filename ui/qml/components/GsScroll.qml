pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../theme"

// A column that scrolls. When there is more than fits, two large arrows stand in the right margin, so that nobody
// needs to know how to swipe. The focused field is always brought into view.
Item {
    id: scroll

    default property alias items: column.data
    property alias spacing: column.spacing
    property int maxWidth: 0
    property int tail: GsTheme.gap
    readonly property alias flickable: flick
    readonly property bool overflowing: flick.contentHeight > flick.height + 1

    function toTop(): void {
        flick.contentY = 0;
    }

    function page(direction: int): void {
        const step = flick.height * 0.75 * direction;
        glide.to = Math.max(0, Math.min(flick.contentHeight - flick.height, flick.contentY + step));
        glide.restart();
    }

    function reveal(item: Item): void {
        if (item === null)
            return;
        for (let up = item; up !== null; up = up.parent) {
            if (up !== column)
                continue;
            const top = item.mapToItem(column, 0, 0).y - GsTheme.px(90);
            const bottom = item.mapToItem(column, 0, item.height).y + GsTheme.px(60);
            if (top < flick.contentY)
                flick.contentY = Math.max(0, top);
            else if (bottom > flick.contentY + flick.height)
                flick.contentY = Math.max(0, Math.min(bottom - flick.height, flick.contentHeight - flick.height));
            return;
        }
    }

    onHeightChanged: Qt.callLater(scroll.reveal, scroll.Window.activeFocusItem)

    Connections {
        target: scroll.Window.window
        function onActiveFocusItemChanged() {
            scroll.reveal(scroll.Window.activeFocusItem);
        }
    }

    Flickable {
        id: flick
        objectName: "scrollArea"
        anchors.fill: parent
        contentWidth: width
        contentHeight: column.implicitHeight + scroll.tail
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        interactive: scroll.overflowing

        ColumnLayout {
            id: column
            x: GsTheme.mirrored ? flick.width - GsTheme.margin - width : GsTheme.margin
            width: {
                const room = flick.width - 2 * GsTheme.margin;
                return scroll.maxWidth > 0 ? Math.min(room, scroll.maxWidth) : room;
            }
            spacing: GsTheme.gap
        }
        NumberAnimation {
            id: glide
            target: flick
            property: "contentY"
            duration: GsTheme.animate ? 220 : 0
            easing.type: Easing.OutCubic
        }
    }

    Rectangle {
        visible: scroll.overflowing
        anchors.right: parent.right
        anchors.rightMargin: GsTheme.px(4)
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 2 * arrows.buttonHeight + GsTheme.gap
        width: GsTheme.px(8)
        radius: width / 2
        color: GsTheme.colour.sunken

        Rectangle {
            width: parent.width
            radius: width / 2
            color: GsTheme.colour.lineStrong
            height: Math.max(GsTheme.px(40), parent.height * flick.height / flick.contentHeight)
            y: (parent.height - height) * flick.contentY / Math.max(1, flick.contentHeight - flick.height)
        }
    }

    Column {
        id: arrows
        readonly property int buttonHeight: GsTheme.targetSmall

        visible: scroll.overflowing && scroll.height > arrows.implicitHeight
        anchors.right: parent.right
        anchors.rightMargin: GsTheme.px(2)
        anchors.bottom: parent.bottom
        spacing: GsTheme.gapSmall

        GsButton {
            objectName: "scrollUp"
            width: GsTheme.margin - GsTheme.px(6)
            height: arrows.buttonHeight
            kind: "quiet"
            iconName: "arrow-up"
            enabled: flick.contentY > 1
            Accessible.name: qsTr("往上看")
            onClicked: scroll.page(-1)
        }
        GsButton {
            objectName: "scrollDown"
            width: GsTheme.margin - GsTheme.px(6)
            height: arrows.buttonHeight
            kind: enabled ? "secondary" : "quiet"
            iconName: "arrow-down"
            enabled: flick.contentY < flick.contentHeight - flick.height - 1
            Accessible.name: qsTr("往下看")
            onClicked: scroll.page(1)
        }
    }
}
