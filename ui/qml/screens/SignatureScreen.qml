import QtQuick
import "../theme"
import "../components"

// Sign by hand.
GsCasePage {
    id: screen

    title: qsTr("请签上您的名字")
    subtitle: kiosk.finish.signerMasked === "" ? qsTr("签名表示：填的内容是真的，材料是真的。") : qsTr("%1，签名表示：填的内容是真的，材料是真的。").arg(kiosk.finish.signerMasked)
    plain: true
    primaryText: qsTr("签好了")
    primaryIcon: "check"
    primaryEnabled: !pane.empty
    onPrimary: kiosk.finish.sign(pane.width, pane.height, pane.strokes)
    extras: [
        GsButton {
            objectName: "clearSignature"
            text: qsTr("重写")
            iconName: "eraser"
            enabled: !pane.empty
            onClicked: pane.clear()
        }
    ]

    GsSignature {
        id: pane
        objectName: "signaturePane"
        parent: screen.stage
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: GsTheme.margin
        anchors.rightMargin: GsTheme.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: GsTheme.gap
        height: Math.min(parent.height - GsTheme.gap - (problem.visible ? problem.height + GsTheme.gap : 0), width * 0.6)
    }
    GsProblem {
        id: problem
        parent: screen.stage
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: GsTheme.margin
        anchors.rightMargin: GsTheme.margin
        anchors.top: parent.top
        visit: screen.kiosk.visit
    }
}
